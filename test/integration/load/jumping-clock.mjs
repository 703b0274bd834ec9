/** Loaded before a program: its wall clock goes an hour ahead and two hours back, whenever it is asked. */
const hourMs = 3_600_000;
const { now } = Date;
let asked = 0;

Date.now = () => now() + (asked++ % 2 === 0 ? hourMs : -hourMs);
globalThis.Date = new Proxy(Date, {
  construct: (target, given) => (given.length === 0 ? new target(target.now()) : new target(...given)),
});
