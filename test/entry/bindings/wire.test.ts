import { describe, expect, it } from '@jest/globals';
import { Container } from 'inversify';
import { token } from '../../../src/entry/bindings/tokens.js';
import { wire, wireAs, wiring } from '../../../src/entry/bindings/wire.js';

interface Horn {
  volume: number;
}

class Engine {
  constructor(readonly horsepower: number) {}
}

class Car {
  constructor(
    readonly engine: Engine,
    readonly horn: Horn,
  ) {}
}

const horn = token<Horn>('Horn');
const horsepower = token<number>('horsepower');
const secondCar = token<Car>('the second car');

/** Only compiled: `npm run types` reports each expected error that is missing. */
export const mistakes = () => [
  // @ts-expect-error: swapped
  wire(Car, horn, Engine),
  // @ts-expect-error: one is missing
  wire(Car, Engine),
  // @ts-expect-error: all are missing
  wire(Car),
  // @ts-expect-error: one too many
  wire(Engine, horsepower, horn),
  // @ts-expect-error: another type
  wire(Engine, horn),
  // @ts-expect-error: an engine is no car
  wireAs(secondCar, Engine, horsepower),
];

describe('The wiring', () => {
  it('gives each constructor the parts of its row, and makes one instance of each', () => {
    const container = new Container({ defaultScope: 'Singleton' });
    container.load(
      wiring(wire(Car, Engine, horn), wire(Engine, horsepower), wireAs(secondCar, Car, Engine, horn)),
    );
    container.bind(horn).toConstantValue({ volume: 11 });
    container.bind(horsepower).toConstantValue(90);

    const car = container.get(Car);
    expect(car.engine.horsepower).toBe(90);
    expect(car.horn.volume).toBe(11);
    expect(container.get(secondCar)).not.toBe(car);
    expect(container.get(secondCar).engine).toBe(car.engine);
  });
});
