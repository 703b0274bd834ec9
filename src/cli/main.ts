#!/usr/bin/env node
import { exitCodes } from './exit-codes.ts';

// A command that never ends its work, and leaves nothing to wait for, is a defect; so is a module that cannot be loaded.
process.exitCode = exitCodes.defect;
try {
  const { runCommand } = await import('./run-command.ts');
  process.exitCode = await runCommand(process.argv.slice(2));
} catch (thrown) {
  const stack = thrown instanceof Error ? thrown.stack : String(thrown);
  process.stderr.write(`error: Antiphon cannot be loaded; is its installation whole?\n${stack}\n`);
}
