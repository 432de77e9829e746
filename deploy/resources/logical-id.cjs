/** The framework's names for the resources of a function or a route in the template. */
exports.functionId = (name) => `${name[0].toUpperCase()}${name.slice(1)}LambdaFunction`;

exports.roleId = (name) => `${name[0].toUpperCase()}${name.slice(1)}Role`;

exports.routeId = (route) => `${route.replace('$', 'S')}WebsocketsRoute`;
