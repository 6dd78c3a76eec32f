import assert from "node:assert/strict";
import { test } from "node:test";
import { active, addressOf, likeAddress, pagesAround, readerAddress, savedAddress, stateOf, withoutLess, withoutMore, withValue } from "../../ui/web/components/finding/addresses.js";
import { basis, counted, gradeWord, origin, unit, visible } from "../../ui/web/components/finding/wording.js";

const asked = (over = {}) => ({ q: "동의", sort: "relevance", grouped: false, page: 1, chosen: {}, excluded: {}, ...over });
const read = (address) => Object.fromEntries([...new URL(address, "http://x/").searchParams.keys()].map((name) => [name, new URL(address, "http://x/").searchParams.getAll(name)]));

test("an address says what is asked and nothing that goes without saying", () => {
  assert.equal(addressOf(asked({ q: "" })), "/");
  assert.deepEqual(read(addressOf(asked())), { q: ["동의"] });
  const all = asked({ sort: "date", grouped: true, page: 3, chosen: { agency: ["법무부", "a&b=<i>"] }, excluded: { year: ["2019"] } });
  assert.deepEqual(read(addressOf(all, { page: 4 })), { q: ["동의"], agency: ["법무부", "a&b=<i>"], "not-year": ["2019"], sort: ["date"], group: ["document"], page: ["4"] });
});

test("a change goes back to the first page", () => {
  assert.deepEqual(read(addressOf(asked({ page: 3 }), { sort: "date" })), { q: ["동의"], sort: ["date"] });
});

test("a value is chosen, excluded or neither, and never two of these", () => {
  const before = asked({ chosen: { year: ["2019"], agency: ["x"] } });
  const after = { ...before, ...withValue(before, "year", "2019", "excluded") };
  assert.equal(stateOf(before, "year", "2019"), "chosen");
  assert.equal(stateOf(after, "year", "2019"), "excluded");
  assert.deepEqual(active(after), [["agency", "x", "chosen"], ["year", "2019", "excluded"]]);
  const off = { ...after, ...withValue(after, "year", "2019", "") };
  assert.deepEqual(active(off), [["agency", "x", "chosen"]]);
  const two = { ...before, ...withValue(before, "year", "2021", "chosen") };
  assert.deepEqual(two.chosen.year, ["2019", "2021"]);
});

test("a hit's address carries query and place", () => {
  assert.deepEqual(read(readerAddress({ document: "ab", page: 2, at: [3, 5] }, { q: '"가 나"' })), { doc: ["ab"], page: ["2"], q: ['"가 나"'], at: ["3-5"] });
  const narrowed = { q: "가", chosen: { agency: ["법무부", "감사원"] }, excluded: { year: ["2019"] } };
  assert.deepEqual(read(readerAddress({ document: "ab", page: 1, at: null }, narrowed)), {
    doc: ["ab"], page: ["1"], q: ["가"], agency: ["법무부", "감사원"], "not-year": ["2019"],
  });
  assert.deepEqual(read(readerAddress({ document: "ab", page: 2, at: null }, { q: "" })), { doc: ["ab"], page: ["2"] });
});

test("what is left alone of other languages goes along, to the reader too", () => {
  const left = asked({ without: ["consent", "동의"], bridge: true });
  assert.deepEqual(read(addressOf(left)), { q: ["동의"], without: ["consent", "동의"] });
  assert.deepEqual(read(addressOf(asked({ bridge: false }))), { q: ["동의"], bridge: ["off"] });
  assert.deepEqual(withoutMore(left, "consent"), ["동의", "consent"]);
  assert.deepEqual(withoutLess(left, "Consent"), ["동의"]);
  const hit = { document: "ab", page: 2, at: null };
  assert.deepEqual(read(readerAddress(hit, { q: "가", without: ["나"], widens: true })), { doc: ["ab"], page: ["2"], q: ["가"], bridge: ["on"], without: ["나"] });
  assert.deepEqual(read(readerAddress(hit, { q: "가", bridge: false })), { doc: ["ab"], page: ["2"], q: ["가"], bridge: ["off"] });
});

test("pages like one, numbers, and a saved search have addresses of their own", () => {
  assert.equal(likeAddress({ document: "ab", page: 3 }), "/?like=ab:3");
  assert.deepEqual(read(addressOf(asked({ q: "", like: "ab:3" }), { sort: "date" })), { like: ["ab:3"], sort: ["date"] });
  assert.deepEqual(read(addressOf(asked({ like: "ab:3" }), { q: "나", like: "" })), { q: ["나"] });
  assert.deepEqual(read(addressOf(asked(), { numbers: true })), { q: ["동의"], show: ["numbers"] });
  const saved = { q: "가", sort: "date", chosen: { agency: ["법무부"] }, excluded: {} };
  assert.deepEqual(read(savedAddress(saved)), { q: ["가"], agency: ["법무부"], sort: ["date"] });
});

test("pages of results", () => {
  assert.deepEqual(pagesAround(1, 2), [1, 2]);
  assert.deepEqual(pagesAround(5, 10), [1, null, 4, 5, 6, null, 10]);
  assert.deepEqual(pagesAround(10, 10), [1, null, 9, 10]);
});

const texts = {
  unit_page: "{n}쪽", unit_printed: "{label}쪽(파일 {n}쪽)", text_layer: "글자", ocr: "OCR",
  ocr_confidence: "OCR {n}%", exact: "그대로", exact_ocr: "OCR 그대로", altered: "다름", nothing: "(없음)", blank: "(빈칸)", line_end: "(줄 끝)",
  received: "{date} 수령", pages_n: "{n} pages", pages_n_one: "1 page",
};

test("a hit says where it stands as every page does", () => {
  assert.equal(unit({ page: 12, label: "ii", kind: "page", name: null }, texts), "ii쪽(파일 12쪽)");
});

test("OCR never reads plainly exact", () => {
  assert.equal(basis({ basis: "ocr", confidence: 87 }, texts), "OCR 87%");
  assert.equal(basis({ basis: "ocr", confidence: null }, texts), "OCR");
  assert.equal(gradeWord({ word: "exact" }, { basis: "ocr" }, texts), "OCR 그대로");
  assert.equal(gradeWord({ word: "altered" }, { basis: "ocr" }, texts), "다름");
});

test("small words", () => {
  assert.equal(visible("", texts), "(없음)");
  assert.equal(visible(" ", texts), "(빈칸)");
  assert.equal(visible("\n", texts), "(줄 끝)");
  assert.equal(visible("1\n2", texts), "1↵2");
  assert.equal(origin({ agency: "", date: "2019", received: true, release: "갑" }, texts), "2019 수령 · 갑");
  assert.equal(counted(texts, "pages_n", 1), "1 page");
  assert.equal(counted(texts, "pages_n", 1200), "1,200 pages");
});
