import type { Program } from '../global-options.ts';
import { collect } from '../options/collect.ts';
import type { Session } from '../session.ts';
import { openTerminal } from '../terminal.ts';

export function declareShow(program: Program, session: Session): void {
  program
    .command('show')
    .description('Explains a scenario, step by step, or a requirement and where it is checked.')
    .argument('<scenario or requirement>', 'path or name of a scenario, id of a requirement; a pack with --schema')
    .option('--pack <pack>', 'look in this pack (default: every bundled pack); repeatable', collect)
    .option('--schema', 'print the JSON Schema of the scenarios of a pack, for editors')
    .addHelpText('after', notes)
    .action(async (name, options) => {
      const { show, showSchema } = await import('./show.ts');
      if (options.schema) session.exitCode = await showSchema(name, openTerminal(program.opts()));
      else session.exitCode = await show(name, options.pack ?? [], openTerminal(program.opts()));
    });
}

const notes = `
Examples:
  antiphon show gradagenda/message/in-order
  antiphon show message.order
  antiphon show my.requirement --pack ./my-pack
  antiphon show ./my-pack --schema > my-pack/scenario.schema.json
`;
