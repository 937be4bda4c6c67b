interface Shape { area(): number }
type Size = { width: number; height: number };
class Rectangle implements Shape {
  private readonly size: Size;
  constructor(size: Size) { this.size = size; }
  area(): number { return this.size.width * this.size.height; }
}
function largest<T extends Shape>(shapes: readonly T[]): T | undefined {
  return shapes.toSorted((a: T, b: T): number => b.area() - a.area())[0];
}
const found = largest([new Rectangle({ width: 2, height: 3 }), new Rectangle({ width: 1, height: 1 })])!;
console.log(found.area() as number satisfies number);
try { (undefined as unknown as Shape).area(); } catch (error: unknown) { console.log((error as Error).stack!.split("\n")[1]!.replace(/^.*:(\d+:\d+)\)?$/, "$1")); }
