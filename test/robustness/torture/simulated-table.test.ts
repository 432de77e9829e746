import { tableContract } from '../../contracts/table.contract.js';
import { tableChangesContract } from '../../contracts/table-changes.contract.js';
import { tableConditionsContract } from '../../contracts/table-conditions.contract.js';
import { Rows } from './simulation/rows.js';
import { AT_ONCE, SimulatedTable } from './simulation/simulated-table.js';

const create = () => new SimulatedTable(new Rows(), AT_ONCE);

tableContract('SimulatedTable', create);
tableConditionsContract('SimulatedTable', create);
tableChangesContract('SimulatedTable', create);
