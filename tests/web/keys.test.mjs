import assert from "node:assert/strict";
import { test } from "node:test";
import { isShortcut } from "../../ui/web/components/shared/keys.js";
import { addressWith } from "../../ui/web/components/shared/navigate.js";

const press = (over) => ({ isComposing: false, keyCode: 74, target: { closest: () => null }, ...over });

test("a syllable being composed is no shortcut", () => {
  assert.equal(isShortcut(press({})), true);
  assert.equal(isShortcut(press({ isComposing: true })), false);
  assert.equal(isShortcut(press({ keyCode: 229 })), false);
});

test("keys for the browser or for a text field are no shortcuts", () => {
  for (const key of ["ctrlKey", "metaKey", "altKey"]) assert.equal(isShortcut(press({ [key]: true })), false);
  assert.equal(isShortcut(press({ target: { closest: () => ({}) } })), false);
});

test("an address keeps what is not changed", () => {
  assert.equal(addressWith({ page: 3 }, "/reader", "?doc=ab&page=2&agency=x&agency=y"), "/reader?doc=ab&agency=x&agency=y&page=3");
  assert.equal(addressWith({ q: null }, "/", "?q=1"), "/");
  assert.equal(addressWith({ agency: ["법무부", "a&b"] }, "/", ""), "/?agency=%EB%B2%95%EB%AC%B4%EB%B6%80&agency=a%26b");
});
