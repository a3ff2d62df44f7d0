/** Where the sealed bytes of files lie. What `put` has answered for is durable. */
export interface FileStore {
  put(fileId: string, bytes: Buffer): Promise<void>;
  /** Null when there is no such file. */
  get(fileId: string): Promise<Buffer | null>;
  remove(fileId: string): Promise<void>;
}

/** A file store that can also list its files, so that copies of it can be kept. */
export interface FolderStore extends FileStore {
  /** When a file was written, in milliseconds; null when there is no such file. */
  changedAt(fileId: string): Promise<number | null>;
  /** Every file. */
  all(): Promise<string[]>;
}
