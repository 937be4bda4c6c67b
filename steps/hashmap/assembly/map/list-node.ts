/** A node of a singly linked list. */
@unmanaged
export class ListNode {
  address: i32;
  hash: i32;
  /** The number of the next node of its list; 0 is none. */
  next: i32;
}
