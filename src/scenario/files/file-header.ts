import { readerRule } from '../../documents/key-rules.ts';
import { required } from '../../documents/object-shape.ts';
import { problem } from '../../documents/shape.ts';
import { title, version } from './word-shapes.ts';

/** Language, section 2: first `antiphon: 1`; the next key names the kind and holds the title. */

export const versionField = required(version, 'The version of the format.');

export function titleField(description: string) {
  return required(title, description);
}

export function headerFirst(kind: string) {
  return readerRule((present, map, report) => {
    for (const [place, key] of ['antiphon', kind].entries()) {
      const entry = present.get(key);
      if (!entry || map.entries[place]?.key === key) continue;
      const where = place === 0 ? 'the first line' : 'the line after antiphon: 1';
      report(problem('key-order', `expected ${key} in ${where}`, entry.keySpan, 'move it there'));
    }
  });
}
