/** The program of a worker in a thread or process of its own: makes anew what it is told of, then works as it would anywhere. */
import { isMainThread, parentPort } from 'node:worker_threads';
import { clockFrom } from '../../foundation/clock.ts';
import { groundOf } from '../../suites/ground.ts';
import { loadSuite } from '../../suites/load-suite.ts';
import { brokenBy } from './broken-by.ts';
import { readLoadRules } from './load-rules.ts';
import { settleWorkload } from './read-workload.ts';
import { startWorker } from './start-worker.ts';
import { createToldTarget } from './told-target.ts';
import type { FromWorker, ToWorker, WorkerPort, WorkerSetting } from './worker-protocol.ts';

const outer = isMainThread ? portOfProcess() : portOfThread();
let hear: ((message: ToWorker) => void) | undefined;
/** What comes while the setting is made. */
const waiting: ToWorker[] = [];

outer.listen(message => {
  if (message.tell === 'settle')
    settle(message.setting).catch(thrown => outer.post({ tell: 'broken', ...brokenBy(thrown) }));
  else if (hear) hear(message);
  else waiting.push(message);
});

async function settle({ suite: folder, workload: name, variation, header, reach, secrets, clock }: WorkerSetting) {
  const suite = await loadSuite(folder);
  const ground = groundOf({ target: header }, suite);
  const target = createToldTarget(ground.pack, reach, outer.post);
  const inner: WorkerPort = {
    post: outer.post,
    listen(listener) {
      hear = message => (message.tell === 'answer' ? target.answer(message) : listener(message));
    },
  };
  startWorker(inner, {
    suite,
    ground,
    workload: settleWorkload({ suite, workload: name, accountMode: header.accountMode, pack: ground.pack, variation }),
    rules: readLoadRules(suite.load!),
    target,
    secrets,
    clock: clockFrom(clock),
  });
  for (const message of waiting.splice(0)) hear?.(message);
}

function portOfThread(): WorkerPort {
  return {
    post: (message: FromWorker) => parentPort!.postMessage(message),
    listen: listener => void parentPort!.on('message', listener),
  };
}

function portOfProcess(): WorkerPort {
  // The terminal sends it to all processes of the run at once; what becomes of the run is the controller's to say.
  process.on('SIGINT', () => {});
  process.on('disconnect', () => process.exit());
  return {
    post: (message: FromWorker) => void process.send!(message, () => {}),
    listen: listener => void process.on('message', message => listener(message as ToWorker)),
  };
}
