/** Numbers as a person reads them. */

export function count(amount: number): string {
  return amount.toLocaleString('en');
}

export function rate(perSecond: number): string {
  return `${perSecond < 100 ? Number(perSecond.toFixed(1)) : count(Math.round(perSecond))}/s`;
}

/** Of a share just below all, more digits: 99.9066 % is not 100 %. */
export function percent(share: number): string {
  return `${Number((share * 100).toFixed(share > 0.99 && share < 1 ? 4 : 1))} %`;
}

export function bytes(amount: number): string {
  if (amount < 1e3) return `${Math.round(amount)} B`;
  return amount < 1e6 ? `${(amount / 1e3).toFixed(1)} kB` : `${(amount / 1e6).toFixed(1)} MB`;
}

/** Microseconds, with a decimal. */
export function finely(us: number): string {
  return `${us.toFixed(1)} us`;
}
