/** Another program that this server calls: it is asked before requests and searches are served, and told what happens. */
import { Client, credentials } from '@grpc/grpc-js';
import type { Members, MessageType } from '../core/protobuf.ts';
import {
  accountEvent,
  findAnswer,
  findRequest,
  hoseAnswer,
  hoseRequest,
  messageEvent,
  nothing,
  subscriptionEvent,
  topicEvent,
} from './messages/plugin.ts';
import type { PluginEvent } from './plugin-events.ts';

export interface PluginOptions {
  /** Host and port. */
  readonly address: string;
  /** A call that takes longer is as if it had not been made. */
  readonly withinMs: number;
  readonly log: (line: string) => void;
}

/** `drop`: as if the client had not asked. Undefined: as if the plugin had not been asked. */
export type Verdict = 'drop' | 'respond' | 'replace' | undefined;

export interface HoseAnswer {
  readonly verdict?: Verdict;
  readonly answer?: Members;
  readonly frame?: Members;
}

export interface FindAnswer {
  readonly verdict?: Verdict;
  readonly query?: string;
  readonly rows?: readonly Members[];
}

export interface Plugin {
  hose(request: Members): Promise<HoseAnswer>;
  find(request: { readonly user: string; readonly query: string }): Promise<FindAnswer>;
  /** One after the other, in their order. */
  tell(event: PluginEvent): void;
  close(): void;
}

export function openPlugin({ address, withinMs, log }: PluginOptions): Plugin {
  const client = new Client(address, credentials.createInsecure(), backoff);
  let told = Promise.resolve<unknown>(undefined);

  function call(name: string, request: MessageType, response: MessageType, members: Members): Promise<Members> {
    return new Promise(resolve => {
      const options = { deadline: Date.now() + withinMs };
      const path = `/pbx.Plugin/${name}`;
      client.makeUnaryRequest(path, request.encode as Encode, response.decode, members, options, (error, answer) => {
        if (error) log(`plugin: ${name} failed and is passed over: ${error.message}`);
        resolve(answer ?? {});
      });
    });
  }

  return {
    hose: request => call('FireHose', hoseRequest, hoseAnswer, request),
    find: request => call('Find', findRequest, findAnswer, { ...request }),
    tell({ about, event }) {
      const { name, type } = events[about];
      told = told.then(() => call(name, type, nothing, event));
    },
    close: () => client.close(),
  };
}

type Encode = (members: Members) => Buffer;

const events: Readonly<Record<PluginEvent['about'], { readonly name: string; readonly type: MessageType }>> = {
  account: { name: 'Account', type: accountEvent },
  topic: { name: 'Topic', type: topicEvent },
  subscription: { name: 'Subscription', type: subscriptionEvent },
  message: { name: 'Message', type: messageEvent },
};

/** A plugin that begins to listen is found soon. */
const backoff = {
  'grpc.initial_reconnect_backoff_ms': 50,
  'grpc.min_reconnect_backoff_ms': 50,
  'grpc.max_reconnect_backoff_ms': 200,
};
