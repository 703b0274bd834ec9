import { Command, Help, type Option } from '@commander-js/extra-typings';
import { declareCalibrate } from './calibrate/declare-calibrate.ts';
import { declareCoverage } from './cover/declare-coverage.ts';
import type { Program } from './global-options.ts';
import { declareJudge } from './judge/declare-judge.ts';
import { declareLint } from './lint/declare-lint.ts';
import { declareList } from './list/declare-list.ts';
import { declareLoad } from './load/declare-load.ts';
import { declareProve } from './prove/declare-prove.ts';
import { declareServe } from './serve/declare-serve.ts';
import type { Session } from './session.ts';
import { declareShow } from './show/declare-show.ts';
import { declareTest } from './test/declare-test.ts';
import { toolVersion } from './tool-version.ts';

/**
 * All commands with their options. What a command does is imported when it is asked for: help and version load nothing of it.
 * Commander throws its CommanderError instead of ending the process.
 */
export function createProgram(session: Session): Program {
  const program: Program = new Command('antiphon')
    .description('Conformance tests for chat servers: scenarios in YAML, verdicts that can be made again from the log.')
    .version(toolVersion(), '-V, --version', 'print the version')
    .option('--verbose', 'add causes and stacks to errors', false)
    .option('--no-color', 'no colours; NO_COLOR in the environment does the same')
    .helpOption('-h, --help', 'print this help')
    .helpCommand('help [command]', 'print the help of a command')
    .configureHelp({ showGlobalOptions: true, helpWidth: helpCells, optionDescription })
    .exitOverride()
    .showHelpAfterError('(--help lists what there is)')
    .addHelpText('after', examples);
  for (const declare of commands) declare(program, session);
  return program;
}

/** That a switch is off unless it is given needs no words. */
function optionDescription(option: Option): string {
  return new Help().optionDescription(option).replace(' (default: false)', '');
}

const commands = [
  declareTest,
  declareLoad,
  declareCalibrate,
  declareServe,
  declareJudge,
  declareLint,
  declareList,
  declareShow,
  declareCoverage,
  declareProve,
];

// The same on every terminal, so that help can be quoted.
const helpCells = 100;

const examples = `
Examples:
  antiphon test                                    every bundled pack on the bundled server
  antiphon test gradagenda --target ws://127.0.0.1:8080/
  antiphon load gradagenda/workloads/fan-out.yaml  many users, on the bundled server
  antiphon lint my-pack                            all that is wrong in the files of a pack
  antiphon serve gradagenda --demo --port 8080     a server to write a client against
  antiphon prove gradagenda                        what the suite would not notice

Exit codes:
  0    passed
  1    a requirement failed
  2    options, scenarios or a policy file are wrong
  3    the target could not be reached
  4    inconclusive or incomplete
  5    only policy entries that are out of date
  70   a defect of Antiphon
  130  interrupted
`;
