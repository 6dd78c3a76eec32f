import assert from "node:assert/strict";
import { test } from "node:test";
import { unitWords } from "../../ui/web/components/shared/units.js";

const texts = { unit_page: "{n}쪽", unit_printed: "{label}쪽(파일 {n}쪽)", unit_sheet: "시트 {n}" };

test("the printed number goes first where it is another than the file's", () => {
  assert.equal(unitWords({ number: 7, label: "4" }, texts), "4쪽(파일 7쪽)");
  assert.equal(unitWords({ number: 7, label: "7" }, texts), "7쪽");
  assert.equal(unitWords({ number: 7 }, texts), "7쪽");
});

test("a sheet is no page", () => {
  assert.equal(unitWords({ number: 2, label: "1", kind: "sheet", name: "카메라" }, texts), "시트 2 “카메라”");
  assert.equal(unitWords({ number: 2, kind: "sheet" }, texts), "시트 2");
  assert.equal(unitWords({ number: 2, kind: "hologram" }, texts), "2");
});
