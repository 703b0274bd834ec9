import { AntiphonError, messageOf } from '../foundation/errors.ts';
import { exitCodeOfError, exitCodes } from './exit-codes.ts';

export interface ExplainOptions {
  /** Adds causes and stack. */
  readonly verbose: boolean;
  /** Where the evidence of what was going on lies. */
  readonly evidence: string | undefined;
}

/** What a person reads of an error that ended a command. Ends with a newline. */
export function explainError(thrown: unknown, { verbose, evidence }: ExplainOptions): string {
  const ours = exitCodeOfError(thrown) === exitCodes.defect;
  const lines = [
    `error: ${messageOf(thrown)}`,
    ...(verbose || ours ? detailsOf(thrown) : hintOf(thrown)),
    ...(ours ? defectLines(evidence) : []),
  ];
  return `${lines.join('\n')}\n`;
}

function hintOf(thrown: unknown): readonly string[] {
  return thrown instanceof Error && thrown.cause !== undefined ? ['(--verbose shows the cause)'] : [];
}

function detailsOf(thrown: unknown): readonly string[] {
  if (!(thrown instanceof Error)) return [];
  const code = thrown instanceof AntiphonError ? [`  code: ${thrown.code}`] : [];
  return [...code, ...stackOf(thrown), ...causesOf(thrown)];
}

function causesOf({ cause }: Error, depth = 1): readonly string[] {
  if (cause === undefined || depth > mostCauses) return [];
  const line = `  caused by: ${messageOf(cause)}`;
  return cause instanceof Error ? [line, ...stackOf(cause), ...causesOf(cause, depth + 1)] : [line];
}

/** Without its first lines, which repeat the message. */
function stackOf({ stack = '' }: Error): readonly string[] {
  return stack.split('\n').filter(line => /^\s+at /.test(line));
}

function defectLines(evidence: string | undefined): readonly string[] {
  const where = evidence === undefined ? '' : `, and with ${evidence}`;
  return [
    `This is a defect of Antiphon, not of the target or a scenario. Please report it with the text above${where}.`,
  ];
}

// A chain that bites its own tail ends here.
const mostCauses = 8;
