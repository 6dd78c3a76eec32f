import assert from "node:assert/strict";
import { test } from "node:test";
import { unitWords } from "../../ui/web/components/shared/units.js";

const texts = { unit_page: "{n}쪽", unit_printed: "{label}쪽(파일 {n}쪽)", unit_sheet: "시트 {n}", unit_section: "구역 {n}", unit_computed_page: "{n}쪽(산출)" };

test("the printed number goes first where it is another than the file's", () => {
  assert.equal(unitWords({ number: 7, label: "4" }, texts), "4쪽(파일 7쪽)");
  assert.equal(unitWords({ number: 7, label: "7" }, texts), "7쪽");
  assert.equal(unitWords({ number: 7 }, texts), "7쪽");
});

test("a sheet is no page", () => {
  assert.equal(unitWords({ number: 2, label: "1", kind: "sheet", name: "카메라" }, texts), "시트 “카메라”");
  assert.equal(unitWords({ number: 2, kind: "sheet" }, texts), "시트 2");
  assert.equal(unitWords({ number: 2, kind: "hologram" }, texts), "2");
});

test("a section goes by its heading and paragraphs, a computed page says that it is one", () => {
  const section = { number: 3, kind: "section", name: "3. 추진계획", address: "¶12–40" };
  assert.equal(unitWords(section, texts), "“3. 추진계획”, ¶12–40");
  assert.equal(unitWords({ number: 3, kind: "section", address: "¶12" }, texts), "¶12");
  assert.equal(unitWords({ number: 3, kind: "section" }, texts), "구역 3");
  assert.equal(unitWords({ number: 3, kind: "computed page" }, texts), "3쪽(산출)");
});
