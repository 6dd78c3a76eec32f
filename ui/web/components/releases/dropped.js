// Files and whole folders that were dropped or chosen, with their paths within what was dropped.

/** Return [{file, path}] of a drop; folders are walked. */
export async function fromDrop(transfer) {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  if (entries.length === 0) return fromInput(transfer.files);
  const found = [];
  for (const entry of entries) await walk(entry, "", found);
  return found;
}

/** Return [{file, path}] of a file input's choice. */
export const fromInput = (files) => [...files].map((file) => ({ file, path: file.webkitRelativePath || file.name }));

async function walk(entry, above, found) {
  const path = above + entry.name;
  if (entry.isFile) {
    found.push({ file: await new Promise((resolve, reject) => entry.file(resolve, reject)), path });
    return;
  }
  const reader = entry.createReader();
  for (;;) {
    const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject)); // a hundred at a time
    if (some.length === 0) return;
    for (const each of some) await walk(each, `${path}/`, found);
  }
}
