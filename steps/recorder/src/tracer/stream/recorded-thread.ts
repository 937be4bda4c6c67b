/** What the transcriber knows of a thread: the calls that are open, and where it stood last. */
export class RecordedThread {
  readonly id: number;
  /** Calls that are open, the top-level one not counted. */
  depth = 0;
  path = 0;
  line = 0;
  exited = false;

  constructor(id: number) {
    this.id = id;
  }
}
