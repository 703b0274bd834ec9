export type ReferenceServerErrorCode =
  | 'unknown-protocol'
  | 'unknown-fault'
  | 'unknown-variant'
  | 'unknown-null-server'
  | 'unknown-limit'
  | 'unknown-timer'
  | 'unknown-generation'
  | 'bad-setting'
  | 'cannot-listen'
  | 'worker-failed';

/** What whoever starts a reference server has to change: a wrong name or value, or an address that is taken. */
export class ReferenceServerError extends Error {
  override readonly name = 'ReferenceServerError';
  readonly code: ReferenceServerErrorCode;

  constructor(code: ReferenceServerErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
