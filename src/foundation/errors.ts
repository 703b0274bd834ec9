/** Whose fault an error is. What a target does wrong is data (a finding), never one of these, unless it cannot be reached at all. */
export type FaultOf = 'usage' | 'scenario' | 'target' | 'transport' | 'ours';

/** Every error that we raise: a stable code, and a message that says what was expected, what came and what to do. */
export class AntiphonError extends Error {
  override readonly name = 'AntiphonError';
  readonly faultOf: FaultOf;
  /** Stable, kebab-case, listed in docs/errors.md. */
  readonly code: string;

  constructor(faultOf: FaultOf, code: string, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.faultOf = faultOf;
    this.code = code;
  }
}

/** The text of whatever was thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
