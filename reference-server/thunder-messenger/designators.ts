/**
 * Which method of which plugin is meant: `<callsign>.<version>.<method>` as the document writes it. Version and, on the plugin's own
 * path, callsign may be left out.
 */
import type { ThunderBehaviour } from './context.ts';
import type { RefusalName } from './generations.ts';

/** Of the plugin that is served here; another one is there too, but not active. */
export const callsign = 'Messenger';
const inactiveCallsign = 'Sleeper';
const versions: readonly string[] = ['1'];
export const interfaceVersions: readonly number[] = versions.map(Number);

export const commonPath = '/jsonrpc';
export const pluginPath = `${commonPath}/${callsign}`;

export function readDesignator(
  designator: string,
  path: string,
  behaviour: ThunderBehaviour,
): { readonly method: string } | { readonly refusal: RefusalName } {
  const parts = designator.split('.');
  const method = parts.pop()!;
  const onPluginPath = path === pluginPath;
  const version = parts.length > 0 && /^\d+$/.test(parts.at(-1)!) ? parts.pop() : undefined;
  const named = parts.length > 0 ? parts.join('.') : undefined;

  if (named === inactiveCallsign) return { refusal: 'inactiveCallsign' };
  if (named === undefined && (!onPluginPath || behaviour.fires('plugin-path-needs-callsign')))
    return { refusal: 'unknownCallsign' };
  if (named !== undefined && named !== callsign && !behaviour.fires('any-callsign-served'))
    return { refusal: 'unknownCallsign' };
  if (version === undefined && behaviour.fires('version-demanded')) return { refusal: 'unknownVersion' };
  if (version !== undefined && !versions.includes(version) && !behaviour.fires('any-version-served'))
    return { refusal: 'unknownVersion' };
  return { method };
}
