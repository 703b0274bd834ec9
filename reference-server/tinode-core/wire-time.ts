/** An instant in RFC 3339, in UTC and milliseconds, of which zeros at the end are left out: 08:00:00.5Z, 08:00:00Z. */
export function writeTime(ms: number): string {
  return new Date(ms).toISOString().replace(/\.?0*Z$/, 'Z');
}
