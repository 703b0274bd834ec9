/** The text of an option as a number from 1; anything else ends the process, before anything is measured or deleted. */
export function wholeNumber(option, text) {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  process.stderr.write(`Expected --${option} as a whole number from 1; got ${text}. Correct it.\n`);
  process.exit(2);
}
