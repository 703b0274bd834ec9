/** What the test uses of a library that comes without types, in all of its versions. */
interface SdkMessage {
  readonly seq: number;
  readonly from?: string;
  readonly content: unknown;
}

interface SdkInfo {
  readonly what: string;
  readonly from?: string;
  readonly seq?: number;
}

interface SdkQuery {
  withDesc(): SdkQuery;
  withSub(): SdkQuery;
  withLaterSub(): SdkQuery;
  withLaterDesc(): SdkQuery;
  withLaterData(limit?: number): SdkQuery;
  withDel(): SdkQuery;
  build(): object;
}

interface SdkTopic {
  readonly name: string;
  onData?: (message: SdkMessage | undefined) => void;
  onInfo?: (info: SdkInfo) => void;
  onPres?: (presence: { readonly what: string; readonly src?: string }) => void;
  subscribe(query?: object, set?: object): Promise<unknown>;
  startMetaQuery(): SdkQuery;
  publish(content: unknown): Promise<{ readonly code: number }>;
  getMeta(query: object): Promise<unknown>;
  setMeta(set: object): Promise<unknown>;
  invite(user: string, mode: string): Promise<unknown>;
  leave(unsubscribe: boolean): Promise<unknown>;
  noteRead(seq: number): void;
  noteKeyPress(): void;
  delMessagesAll(hard: boolean): Promise<unknown>;
  delTopic(hard: boolean): Promise<unknown>;
  messages(each: (message: SdkMessage) => void): void;
  contacts(
    each: (contact: { readonly name?: string; readonly topic?: string; readonly public?: unknown }) => void,
  ): void;
  subscribers(each: (subscriber: { readonly user?: string }) => void): void;
  msgReadCount(seq: number): number;
}

interface SdkClient {
  autoLogin?: unknown;
  connect(): Promise<unknown>;
  disconnect(): void;
  note: (topic: string, what: string, seq: number) => void;
  createAccountBasic(login: string, password: string, about: object): Promise<unknown>;
  loginBasic(login: string, password: string): Promise<unknown>;
  isAuthenticated(): boolean;
  getCurrentUserID(): string;
  getTopic(name: string): SdkTopic;
  getMeTopic(): SdkTopic;
  getFndTopic(): SdkTopic;
  newGroupTopicName(isChannel: boolean): string;
  getLargeFileHelper(): {
    upload(file: Blob): Promise<string>;
    download(url: string, name: string, mediaType: string): Promise<void>;
  };
  delCurrentUser(hard: boolean): Promise<unknown>;
}

interface Sdk {
  readonly Tinode: {
    new (config: object): SdkClient;
    setNetworkProviders(webSocket: unknown, request: unknown): void;
    setDatabaseProvider(database: unknown): void;
  };
}

declare module 'tinode-sdk' {
  const sdk: Sdk;
  export default sdk;
}

declare module 'tinode-sdk-0.20' {
  const sdk: Sdk;
  export default sdk;
}
