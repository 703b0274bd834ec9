import { text } from '../documents/scalar-shapes.ts';
import { bare, mapped, problem } from '../documents/shape.ts';

/** The source of a regular expression in a target file or a configuration. */
export const regex = mapped(bare(text({ minLength: 1 })), (source, node, report) => {
  try {
    new RegExp(source, 'u');
    return source;
  } catch (thrown) {
    report(
      problem(
        'bad-regex',
        `expected an ECMAScript regular expression, came ${JSON.stringify(source)}`,
        node.span,
        (thrown as Error).message,
      ),
    );
    return undefined;
  }
});
