import { InvalidArgumentError } from '@commander-js/extra-typings';

export function readCount(text: string): number {
  return readWholeNumber(text, 1, 1_000_000, 'such as 4');
}

export function readPort(text: string): number {
  return readWholeNumber(text, 0, 65_535, 'and 0 for a free one');
}

function readWholeNumber(text: string, least: number, most: number, hint: string): number {
  const number = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (number >= least && number <= most) return number;
  throw new InvalidArgumentError(`Expected a whole number from ${least} to ${most}, ${hint}.`);
}
