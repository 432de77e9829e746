import { tableContract } from '../contracts/table/table.contract.js';
import { tableChangesContract } from '../contracts/table/table-changes.contract.js';
import { tableConditionsContract } from '../contracts/table/table-conditions.contract.js';
import { TestDynamoDB } from '../support/servers/dynamodb.js';

const dynamodb = new TestDynamoDB();
const create = () => dynamodb.table();

tableContract('DocumentTable', create);
tableConditionsContract('DocumentTable', create);
tableChangesContract('DocumentTable', create);
