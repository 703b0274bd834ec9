/** The process of the bare server: hears the topology, says its port, and ends with the process that started it. */
import { startBareServer } from './bare-server.ts';
import type { BareTopology } from './bare-topology.ts';

process.once('message', async (topology: BareTopology) => {
  const { port } = await startBareServer(topology);
  process.send?.({ port });
});
process.on('disconnect', () => process.exit());
// An interruption is for the process that started it, which then ends this one.
process.on('SIGINT', () => {});
