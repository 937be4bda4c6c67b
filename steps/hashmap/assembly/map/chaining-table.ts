import { arena } from "./arena";
import { give, take } from "./blocks";
import { ListNode } from "./list-node";
import { CHAINING, newTable, Table } from "./table";
import { work } from "./work";

/** A bucket longer than this is parted into groups. */
const LONGEST_LIST = 4;
/** Lists of this length and longer ones are not told apart. */
const MOST_LENGTH = 64;
const FIRST_SLAB_GROUPS: usize = 8;

/** Memory for the groups of some buckets. */
@unmanaged
class Slab {
  next: usize;
  bytes: usize;
  used: usize;
}

/**
 * Chaining at two levels. A bucket is one list while it is short; one that grows long is parted into groups by a second
 * hash, so that keys which merely share a bucket don't share a list. A bucket holds the first node of its list, 0 where
 * it is empty, and where its groups lie, in words and negative, where it was parted.
 */
@unmanaged
export class ChainingTable extends Table {
  /** Groups of a bucket that was parted; a power of two. */
  groups: i32;
  /** Nodes, numbered from 1; those that were released, linked like a list; the first that was never used. */
  nodes: usize;
  freeNode: i32;
  freshNode: i32;
  /** How many lists there are of each length, 4 bytes each, so that the longest is known after every change in O(1). */
  lists: usize;
  slabs: usize;

  find(hash: i32, key: usize, length: i32): i32 {
    let probes = 1;
    let number = load<i32>(this.head(hash));
    for (; number !== 0; probes++) {
      const node = this.node(number);
      if (node.hash === hash && arena.matches(node.address, key, length)) break;
      number = node.next;
    }
    work.probes += probes;
    return number === 0 ? -1 : number;
  }

  address(node: i32): i32 {
    return this.node(node).address;
  }

  setAddress(node: i32, address: i32): void {
    this.node(node).address = address;
  }

  /** The position at which an address stands, or -1. */
  locate(hash: i32, address: i32): i32 {
    for (let node = load<i32>(this.head(hash)); node !== 0; node = this.node(node).next) {
      if (this.node(node).address === address) return node;
    }
    return -1;
  }

  /** Adds an entry whose key is not in the table yet. There must be room. */
  insert(hash: i32, address: i32): void {
    const head = this.head(hash);
    const first = load<i32>(head);
    const length = this.listLength(first);
    store<i32>(head, this.addNode(hash, address, first));
    this.grow(length);
    this.size++;
    this.warm(this.home(hash), 1);
    work.shifts += length;
    if (length === LONGEST_LIST && head === this.bucket(this.home(hash))) this.part(head);
  }

  /** The list's first entry takes the place of the one that goes, so that no list is walked. */
  remove(position: i32): void {
    const node = this.node(position);
    const hash = node.hash;
    const head = this.head(hash);
    const number = load<i32>(head);
    const first = this.node(number);
    if (!this.isRetired) this.shrink(this.listLength(number));
    node.hash = first.hash;
    node.address = first.address;
    store<i32>(head, first.next);
    first.next = this.freeNode;
    this.freeNode = number;
    this.warm(this.home(hash), -1);
    this.size--;
  }

  /** The first node at the next bucket, of any of its groups; 0 where it is empty, and then the bucket is behind. */
  nextNode(): i32 {
    const bucket = load<i32>(this.bucket(this.cursor));
    if (bucket > 0) return bucket;
    if (bucket < 0) {
      const groups = groupsAt(bucket);
      for (let group = 0; group < this.groups; group++) {
        const node = load<i32>(groups + ((<usize>group) << 2));
        if (node !== 0) return node;
      }
    }
    this.cursor++;
    return 0;
  }

  /** Gives back what lies outside of the table's own block. */
  dropSlabs(): void {
    while (this.slabs !== 0) {
      const slab = changetype<Slab>(this.slabs);
      this.slabs = slab.next;
      give(changetype<usize>(slab), slab.bytes);
    }
  }

  node(number: i32): ListNode {
    return changetype<ListNode>(this.nodes + <usize>number * offsetof<ListNode>());
  }

  private bucket(place: i32): usize {
    return this.places + ((<usize>place) << 2);
  }

  /** Where the first node of a hash's list is kept. */
  private head(hash: i32): usize {
    const at = this.bucket(this.home(hash));
    const bucket = load<i32>(at);
    return bucket >= 0 ? at : groupsAt(bucket) + ((<usize>this.group(hash)) << 2);
  }

  /** Fibonacci hashing (D. Knuth) of all bits, of which the bucket takes only the low ones. */
  private group(hash: i32): i32 {
    return ((hash * <i32>0x9e3779b1) >>> 16) & (this.groups - 1);
  }

  /** At most one more than is told apart, so that a list of keys crafted to collide is not walked to its end. */
  private listLength(head: i32): i32 {
    let length = 0;
    for (let node = head; node !== 0 && length <= MOST_LENGTH; node = this.node(node).next) length++;
    return length;
  }

  private addNode(hash: i32, address: i32, next: i32): i32 {
    let number = this.freeNode;
    if (number === 0) number = this.freshNode++;
    const node = this.node(number);
    if (number === this.freeNode) this.freeNode = node.next;
    node.hash = hash;
    node.address = address;
    node.next = next;
    return number;
  }

  private part(head: usize): void {
    let number = load<i32>(head);
    const groups = this.newGroups();
    for (let length = this.listLength(number); length > 0; length--) this.shrink(length);
    while (number !== 0) {
      const node = this.node(number);
      const next = node.next;
      const group = groups + ((<usize>this.group(node.hash)) << 2);
      const first = load<i32>(group);
      this.grow(this.listLength(first));
      node.next = first;
      store<i32>(group, number);
      number = next;
    }
    store<i32>(head, -(<i32>(groups >> 2)));
  }

  private newGroups(): usize {
    const bytes = (<usize>this.groups) << 2;
    let slab = changetype<Slab>(this.slabs);
    if (this.slabs === 0 || slab.used + bytes > slab.bytes) {
      const slabBytes = this.slabs === 0 ? offsetof<Slab>() + FIRST_SLAB_GROUPS * bytes : 2 * slab.bytes;
      const at = take(slabBytes);
      slab = changetype<Slab>(at);
      slab.next = this.slabs;
      slab.bytes = slabBytes;
      slab.used = offsetof<Slab>();
      this.slabs = at;
      this.bytes += slabBytes;
    }
    slab.used += bytes;
    return changetype<usize>(slab) + slab.used - bytes;
  }

  /** A list of `length` entries gets one more. */
  private grow(length: i32): void {
    if (length >= MOST_LENGTH) return;
    if (length > 0) this.countLists(length, -1);
    this.countLists(length + 1, 1);
    this.distance += length;
    if (length === this.longest) this.longest++;
  }

  /** A list of `length` entries, at least one, loses one. */
  private shrink(length: i32): void {
    if (length > MOST_LENGTH) return;
    this.countLists(length, -1);
    if (length > 1) this.countLists(length - 1, 1);
    this.distance -= length - 1;
    if (length === this.longest && load<i32>(this.lists + ((<usize>length) << 2)) === 0) this.longest--;
  }

  private countLists(length: i32, change: i32): void {
    const at = this.lists + ((<usize>length) << 2);
    store<i32>(at, load<i32>(at) + change);
  }
}

export function newChainingTable(capacity: i32, groups: i32, mostEntries: i32): Table {
  const buckets = (<usize>capacity) << 2;
  const lists = (<usize>MOST_LENGTH + 1) << 2;
  const nodes = (<usize>mostEntries + 1) * offsetof<ListNode>();
  const table = changetype<ChainingTable>(newTable(CHAINING, capacity, buckets + lists + nodes));
  table.groups = groups;
  table.lists = table.places + buckets;
  table.nodes = table.lists + lists;
  table.freshNode = 1;
  return table;
}

function groupsAt(bucket: i32): usize {
  return (<usize>-bucket) << 2;
}
