import { readdirSync, readFileSync } from 'node:fs';

/** USER_HZ is 100 on every Linux that Node runs on. */
const tickMs = 10;

/** Processor time of a process and of all that it has started, user and system, in milliseconds. */
export function cpuMsOf(pid) {
  const stats = new Map(
    readdirSync('/proc')
      .filter(name => /^\d+$/.test(name))
      .map(name => [Number(name), statOf(name)])
      .filter(([, stat]) => stat),
  );
  let sumMs = 0;
  for (const [id, stat] of stats) {
    let ancestor = id;
    while (ancestor !== pid && stats.has(ancestor)) ancestor = stats.get(ancestor).parent;
    if (ancestor === pid) sumMs += stat.cpuMs;
  }
  return sumMs;
}

/** Behind the name of the program, which may hold anything and ends with the last `)`: parent, then utime and stime. */
function statOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { parent: Number(fields[1]), cpuMs: (Number(fields[11]) + Number(fields[12])) * tickMs };
  } catch {
    return undefined;
  }
}
