import { tableContract } from '../contracts/table.contract.js';
import { tableChangesContract } from '../contracts/table-changes.contract.js';
import { tableConditionsContract } from '../contracts/table-conditions.contract.js';
import { TestDynamoDB } from '../support/dynamodb.js';

const dynamodb = new TestDynamoDB();
const create = () => dynamodb.table();

tableContract('DocumentTable', create);
tableConditionsContract('DocumentTable', create);
tableChangesContract('DocumentTable', create);
