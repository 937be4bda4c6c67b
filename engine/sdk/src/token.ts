/**
 * The name of a service, typed by what it provides. A plugin exports its tokens from its `/contract` entry, so that
 * others can ask for the service or provide another one.
 */
export interface Token<T> {
  readonly token: string;
  /** Carries the type only; never set. */
  readonly provides?: T;
}

/** Names a service: `defineToken<Trainer>("vision/trainer")`. The name begins with the family that owns it. */
export function defineToken<T>(token: string): Token<T> {
  return Object.freeze({ token });
}
