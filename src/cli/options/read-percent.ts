import { InvalidArgumentError } from '@commander-js/extra-typings';

/** A percentage from 0 to 100, with or without its sign. */
export function readPercent(text: string): number {
  const percent = percentOf(text.replace(/ ?%$/, ''));
  if (percent !== undefined) return percent;
  throw new InvalidArgumentError('Expected a percentage from 0 to 100, such as 95 or 99.5.');
}

/** A part of something: so many, or a share of it. */
export type Part = { readonly count: number } | { readonly share: number };

/** `500`, or `10%`. */
export function readPart(text: string): Part {
  if (text.endsWith('%')) {
    const percent = percentOf(text.slice(0, -1).trimEnd());
    if (percent !== undefined && percent > 0) return { share: percent / 100 };
  } else if (/^\d{1,9}$/.test(text) && Number(text) > 0) {
    return { count: Number(text) };
  }
  throw new InvalidArgumentError('Expected how many, such as 500, or a share, such as 10%.');
}

function percentOf(text: string): number | undefined {
  const percent = /^\d{1,3}(?:\.\d{1,6})?$/.test(text) ? Number(text) : Number.NaN;
  return percent <= 100 ? percent : undefined;
}
