/** `40,473`. */
export function amount(count: number): string {
  return count.toLocaleString('en-US');
}

/** `98.2 %`; a dash where there was nothing to count. */
export function percentText(percent: number | null): string {
  return percent === null ? '-' : `${percent.toFixed(1)} %`;
}

/** The share of a whole, to one decimal. */
export function shareText(part: number, whole: number): string {
  return percentText(whole === 0 ? null : (part * 100) / whole);
}
