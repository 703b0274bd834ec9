import type { Value } from '../foundation/value.ts';

export type TimeForm = 'rfc3339' | 'ms' | 's';

/**
 * Whether a value is an instant so written: RFC 3339 text, or a whole number of milliseconds or seconds since the UNIX epoch. Numbers
 * must lie between the years 2001 and 2286, where the two units cannot be taken for each other: that is why anyone asks.
 */
export function isInstant(value: Value, form: TimeForm): boolean {
  if (form === 'rfc3339') return typeof value === 'string' && isRfc3339(value);
  const least = form === 'ms' ? 1e12 : 1e9;
  return typeof value === 'number' && Number.isInteger(value) && value >= least && value < least * 10;
}

/** RFC 3339, section 5.6, with the days of each month and leap seconds only where they can be. */
function isRfc3339(text: string): boolean {
  if (!dateTime.test(text)) return false;
  const year = twoDigits(text, 0) * 100 + twoDigits(text, 2);
  const month = twoDigits(text, 5);
  const day = twoDigits(text, 8);
  const second = twoDigits(text, 17);
  if (month < 1 || month > 12 || day < 1 || day > daysOf(year, month)) return false;
  if (twoDigits(text, 11) > 23 || twoDigits(text, 14) > 59) return false;
  if (second > 59 && !(second === 60 && isLastMinuteOfDay(text))) return false;
  const offset = text.length - 6;
  return isZulu(text) || (twoDigits(text, offset + 1) <= 23 && twoDigits(text, offset + 4) <= 59);
}

function daysOf(year: number, month: number): number {
  if (month !== 2) return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
}

/** In UTC. */
function isLastMinuteOfDay(text: string): boolean {
  const minutes = twoDigits(text, 11) * 60 + twoDigits(text, 14);
  if (isZulu(text)) return minutes === lastMinute;
  const at = text.length - 6;
  const offset = twoDigits(text, at + 1) * 60 + twoDigits(text, at + 4);
  return (minutes + (text[at] === '-' ? offset : -offset) + 2 * 1440) % 1440 === lastMinute;
}

function isZulu(text: string): boolean {
  const last = text.charCodeAt(text.length - 1);
  return last === 0x5a || last === 0x7a;
}

function twoDigits(text: string, at: number): number {
  return (text.charCodeAt(at) - 0x30) * 10 + text.charCodeAt(at + 1) - 0x30;
}

const lastMinute = 23 * 60 + 59;
const dateTime = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)$/;
