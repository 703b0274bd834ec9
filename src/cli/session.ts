import type { ExitCode } from './exit-codes.ts';

/** What a command leaves behind for the end of the process. */
export interface Session {
  exitCode: ExitCode;
  /** Where the evidence lies if something of ours breaks from here on. */
  evidence: string | undefined;
}
