/** Where something stands in a source file. Lines and columns count from 1, columns in UTF-16 units; the end is exclusive. */
export interface Span {
  /** Logical name of the file: pack folder and path below it, with `/`. The same on every machine. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}
