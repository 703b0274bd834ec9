/** How a report is to look. What it says comes from the results alone. */
export interface RenderOptions {
  /** Columns of the terminal. */
  readonly width: number;
  readonly color: boolean;
  /** Where the reports of this run lie, as a person would name it. */
  readonly reportsAt?: string;
  /** The lowest level whose failures are more than warnings; `must` where no policy says otherwise. */
  readonly failOn?: 'must' | 'should';
  /** Put before logical file names where a tool wants to open the file: `scenarios/`. */
  readonly filePrefix?: string;
}
