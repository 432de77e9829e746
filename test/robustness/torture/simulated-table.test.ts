import { tableContract } from '../../contracts/table/table.contract.js';
import { tableChangesContract } from '../../contracts/table/table-changes.contract.js';
import { tableConditionsContract } from '../../contracts/table/table-conditions.contract.js';
import { Rows } from './simulation/aws/rows.js';
import { AT_ONCE, SimulatedTable } from './simulation/aws/simulated-table.js';

const create = () => new SimulatedTable(new Rows(), AT_ONCE);

tableContract('SimulatedTable', create);
tableConditionsContract('SimulatedTable', create);
tableChangesContract('SimulatedTable', create);
