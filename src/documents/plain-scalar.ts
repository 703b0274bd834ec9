/** Numbers that are written as everybody reads them: no sign +, no leading zero, no exponent, no other base. */
const honestNumber = /^-?(0|[1-9]\d*)(\.\d+)?$/;

/** What is wrong with a plain scalar that YAML takes for a number, or undefined. Language, section 2. */
export function foolingNumber(source: string): string | undefined {
  if (/^-?[1-9]\d*$/.test(source) && !Number.isSafeInteger(Number(source))) {
    return `${source} is beyond 2^53, where readers of YAML and JSON disagree about the value`;
  }
  if (/\.\d+0$/.test(source)) return `${source} is read as the number ${Number(source)}, without the zero at the end`;
  if (honestNumber.test(source)) return undefined;
  return `${source} is read as the number ${readAs(source)}`;
}

/** The exact value: integers beyond 2^53 are bigint. */
export function exactNumber(value: number, source: string): number | bigint {
  return /^[-+]?\d+$/.test(source) && !Number.isSafeInteger(value) ? BigInt(source.replace('+', '')) : value;
}

function readAs(source: string): string {
  if (/nan$/i.test(source)) return 'NaN';
  if (/inf$/i.test(source)) return source.startsWith('-') ? '-Infinity' : 'Infinity';
  return String(exactNumber(Number(source.replace(/^\+/, '')), source));
}
