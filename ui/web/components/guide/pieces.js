// Our own texts mark with backticks what is typed or shown word for word.

/** Cut a text at its backticks: [{code: false, words: "press "}, {code: true, words: "Y"}]; an unpaired one stays. */
export function pieces(text) {
  const parts = text.split("`");
  if (parts.length % 2 === 0) parts.push(`\`${parts.pop()}`);
  return parts.map((words, at) => ({ code: at % 2 === 1 && at < parts.length - 1, words })).filter(({ words }) => words);
}
