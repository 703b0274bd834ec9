import { InvalidArgumentError } from '@commander-js/extra-typings';
import { nearest } from '../../documents/nearest.ts';

/** What `--reporter name[=path]` asks for. Without a path it is printed in the place of the console report. */
export interface ReporterRequest {
  readonly name: string;
  readonly path?: string;
}

export function collectReporter(text: string, previous: readonly ReporterRequest[] = []): readonly ReporterRequest[] {
  return [...previous, readReporter(text)];
}

function readReporter(text: string): ReporterRequest {
  const equals = text.indexOf('=');
  const name = equals < 0 ? text : text.slice(0, equals);
  if (!reporterNames.includes(name)) {
    const near = nearest(name, reporterNames);
    const advice = near === undefined ? '' : ` Did you mean ${near}?`;
    throw new InvalidArgumentError(`Expected one of ${reporterNames.join(', ')}.${advice}`);
  }
  if (equals < 0) return { name };
  const path = text.slice(equals + 1);
  if (path === '') throw new InvalidArgumentError('Expected a path behind the =.');
  return { name, path };
}

// The registry of reporters has the same names; loading it for the help of a command would cost more than the help.
const reporterNames: readonly string[] = ['console', 'json', 'junit', 'github'];
