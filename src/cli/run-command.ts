import { type ExitCode, exitCodeOfError, exitCodes } from './exit-codes.ts';
import { explainError } from './explain-error.ts';
import { createProgram } from './program.ts';
import type { Session } from './session.ts';
import { ignoreClosedPipes } from './terminal.ts';

/** Runs the command that the arguments name. Never rejects: whatever is thrown is explained and has an exit code. */
export async function runCommand(args: readonly string[]): Promise<ExitCode> {
  ignoreClosedPipes();
  const session: Session = { exitCode: exitCodes.passed, evidence: undefined };
  const program = createProgram(session);
  const explain = (thrown: unknown) =>
    process.stderr.write(explainError(thrown, { verbose: program.opts().verbose, evidence: session.evidence }));
  process.on('uncaughtException', thrown => {
    explain(thrown);
    process.exit(exitCodes.defect);
  });
  try {
    await program.parseAsync(args, { from: 'user' });
    return session.exitCode;
  } catch (thrown) {
    if (isOfCommander(thrown)) return thrown.exitCode === 0 ? exitCodes.passed : exitCodes.usage;
    explain(thrown);
    return exitCodeOfError(thrown);
  }
}

/** Commander has printed it: help, the version, or what is wrong with the options. */
function isOfCommander(thrown: unknown): thrown is { readonly exitCode: number } {
  return (
    thrown instanceof Error && 'exitCode' in thrown && 'code' in thrown && String(thrown.code).startsWith('commander.')
  );
}
