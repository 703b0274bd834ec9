import type { Later } from '../core/later.ts';
import type { Outbound } from '../core/outbound.ts';

/** By the clock of this machine. What is still to come stands in `pending`, for the server to call off when it stops. */
export function createLater(carryOut: (items: readonly Outbound[]) => void, pending: Set<() => void>): Later {
  return (delayMs, act) => {
    const timer = setTimeout(() => {
      pending.delete(callOff);
      carryOut(act());
    }, delayMs);
    const callOff = () => {
      pending.delete(callOff);
      clearTimeout(timer);
    };
    pending.add(callOff);
    return callOff;
  };
}
