import { isObject, memberOf, setMember, type Value, type ValueObject } from '../foundation/value.ts';

/** What `$(limits.x)`, `$(timers.x)` and `$(pack.x)` stand for, or what lies over it. */
export interface Overlay {
  readonly limits: ValueObject;
  readonly timers: ValueObject;
  readonly values: ValueObject;
}

export const noOverlay: Overlay = { limits: {}, timers: {}, values: {} };

/** Lays values over others: objects member by member, all else is replaced. An object of operators is a pattern: it stays whole. */
export function layOver(under: ValueObject, over: ValueObject): ValueObject {
  const laid: Record<string, Value> = { ...under };
  for (const name of Object.keys(over)) {
    const below = memberOf(under, name);
    const above = over[name]!;
    setMember(laid, name, isPlain(below) && isPlain(above) ? layOver(below, above) : above);
  }
  return laid;
}

function isPlain(value: Value | undefined): value is ValueObject {
  return isObject(value) && !Object.keys(value).some(name => name.startsWith('$'));
}

/** Lays overlays one over the other, the last on top. The order of the language: pack, transport, profile, target (section 11). */
export function joinOverlays(...overlays: readonly Partial<Overlay>[]): Overlay {
  return overlays.reduce<Overlay>(
    (under, over) => ({
      limits: layOver(under.limits, over.limits ?? {}),
      timers: layOver(under.timers, over.timers ?? {}),
      values: layOver(under.values, over.values ?? {}),
    }),
    noOverlay,
  );
}

/** The overlay that a profile of the pack gives; nothing where there is none of that name. */
export function profileOverlay(profiles: ReadonlyMap<string, ValueObject>, name: string | undefined): Overlay {
  const profile = (name === undefined ? undefined : profiles.get(name)) ?? {};
  return { limits: partOf(profile, 'limits'), timers: partOf(profile, 'timers'), values: partOf(profile, 'values') };
}

/** What the targets of a profile can and cannot do, unless they say otherwise. */
export function profileCapabilities(
  profiles: ReadonlyMap<string, ValueObject>,
  name: string | undefined,
): Readonly<Record<string, boolean>> {
  const capabilities = partOf((name === undefined ? undefined : profiles.get(name)) ?? {}, 'capabilities');
  return capabilities as Readonly<Record<string, boolean>>;
}

function partOf(profile: ValueObject, name: string): ValueObject {
  const part = memberOf(profile, name);
  return isObject(part) ? part : {};
}
