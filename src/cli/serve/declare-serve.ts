import type { Program } from '../global-options.ts';
import { collect } from '../options/collect.ts';
import { collectAssignment } from '../options/read-assignment.ts';
import { readCount, readPort } from '../options/read-whole-number.ts';
import type { Session } from '../session.ts';
import { openTerminal } from '../terminal.ts';

export function declareServe(program: Program, session: Session): void {
  program
    .command('serve')
    .description('Starts the bundled server of a protocol, until it is ended with SIGTERM or SIGINT.')
    .argument('<pack>', 'the protocol')
    .option('--port <n>', 'port, 0 for a free one (default: 0)', readPort)
    .option('--host <address>', 'address to listen on (default: 127.0.0.1)')
    .option('--user <id:token>', 'a user who is known from the start; repeatable', collect)
    .option('--demo', 'accept every account whose token is not empty')
    .option('--timer <name=duration>', 'change a timer: call=1s; repeatable', collectAssignment)
    .option('--limit <name=n>', 'change a limit: frameBytes=4096; repeatable', collectAssignment)
    .option('--fault <name>', 'break a rule on purpose; repeatable', collect)
    .option('--variant <name>', 'do another thing that the rules allow; repeatable', collect)
    .option('--null <behaviour>', 'a server that knows nothing of the protocol; --list names them')
    .option('--otp-log <file>', 'write one-time passwords there, if the protocol has them')
    .option('--plugin <host:port>', 'call a plugin there, if servers of the protocol do')
    .option('--generation <name>', 'generation of the protocol, if it has several')
    .option('--workers <n>', 'so many processes own the sockets, beside the one with the state', readCount)
    .option('--config <file>', 'YAML file with these options; those given here are laid over it')
    .option('--ready-file <file>', 'write pid and endpoints there as JSON once the server listens')
    .option('--parent <pid>', 'end when the process that started this one is gone; leave SIGINT to it')
    .option('--quiet', 'print only the endpoints and the line ready')
    .option('--list', 'print faults, variants, null servers, limits, timers and generations, and end', false)
    .addHelpText('after', notes)
    .action(async (pack, options) => {
      const { serve } = await import('./serve.ts');
      session.exitCode = await serve(pack, options, openTerminal(program.opts()));
    });
}

const notes = `
Prints a line \`<transport> <url>\` for each endpoint, then the line \`ready\`. What stands before the
last colon of --user is the id, so an id may have colons in it. With faults or variants, the end
tells how often each made a difference.

Examples:
  antiphon serve gradagenda --demo --port 8080
  antiphon serve gradagenda --user ada:secret --user bob:geheim --ready-file ready.json
  antiphon serve gradagenda --list
  antiphon serve gradagenda --demo --limit frameBytes=8192 --config server.yaml

A file for --config:
  port: 8080
  user: ["ada:secret", "bob:geheim"]
  timer: { close: 2 s }
`;
