import { expect, it } from '@jest/globals';
import { ROUTES } from '../../../../src/entry/lambda/frames/routes.js';
import { UNANSWERED_ROUTES } from '../../../../src/entry/lambda/frames/unanswered/unanswered-routes.js';
import type { Stack } from '../support/stack.js';

const LIFECYCLE = ['$connect', '$disconnect'];

export const routeSuite = (stack: () => Stack): void => {
  const routes = () => [...stack().all('AWS::ApiGatewayV2::Route')];
  const messageRoutes = () => routes().filter(([, route]) => !LIFECYCLE.includes(String(route.RouteKey)));

  it('are the actions in code, $connect, $disconnect and $default', () => {
    const keys = routes().map(([, { RouteKey }]) => RouteKey);

    expect(keys.sort()).toEqual(
      [...LIFECYCLE, '$default', ...ROUTES.keys(), ...UNANSWERED_ROUTES.keys()].sort(),
    );
  });

  it('all lead to the router', () => {
    const targets = new Set(routes().map(([, { Target }]) => JSON.stringify(Target)));
    const integrations = [...stack().all('AWS::ApiGatewayV2::Integration')];

    expect(integrations).toHaveLength(1);
    expect([...targets]).toEqual([
      JSON.stringify({ 'Fn::Join': ['/', ['integrations', { Ref: 'RouterWebsocketsIntegration' }]] }),
    ]);
    expect(integrations[0]?.[1].IntegrationType).toBe('AWS_PROXY');
    expect(JSON.stringify(integrations[0]?.[1].IntegrationUri)).toContain('"RouterLambdaFunction","Arn"');
  });

  it('are selected by the action in the body', () => {
    expect(stack().one('WebsocketsApi').RouteSelectionExpression).toBe('$request.body.action');
  });

  it('of messages answer by a route response, except for actions without a reply', () => {
    const responses = [...stack().all('AWS::ApiGatewayV2::RouteResponse').values()];
    const answered = responses.map(({ RouteId, RouteResponseKey }) => [RouteId, RouteResponseKey]);

    expect(answered).toHaveLength(ROUTES.size + 1);
    for (const [id, route] of messageRoutes()) {
      const isAnswered = !UNANSWERED_ROUTES.has(String(route.RouteKey));
      expect(route.RouteResponseSelectionExpression).toBe(isAnswered ? '$default' : undefined);
      if (isAnswered) expect(answered).toContainEqual([{ Ref: id }, '$default']);
    }
  });

  it('have the authorizer only at $connect', () => {
    const authorized = routes().filter(
      ([, route]) => route.AuthorizationType !== 'NONE' || 'AuthorizerId' in route,
    );

    expect(authorized.map(([, { RouteKey, AuthorizerId }]) => [RouteKey, AuthorizerId])).toEqual([
      ['$connect', { Ref: 'AuthorizerWebsocketsAuthorizer' }],
    ]);
  });

  it('reach the authorizer even if the request lacks something', () => {
    const authorizer = stack().one('AuthorizerWebsocketsAuthorizer');

    expect(authorizer.AuthorizerType).toBe('REQUEST');
    expect(authorizer.IdentitySource).toEqual([]);
    expect(JSON.stringify(authorizer.AuthorizerUri)).toContain('"AuthorizerLambdaFunction","Arn"');
  });

  it('are throttled above zero', () => {
    const { ThrottlingRateLimit, ThrottlingBurstLimit } = stack().one('WebsocketsDeploymentStage')
      .DefaultRouteSettings as Record<string, number>;

    expect(ThrottlingRateLimit).toBeGreaterThan(0);
    expect(ThrottlingBurstLimit).toBeGreaterThan(0);
  });

  it('are deployed again when any of them changes', () => {
    const [deployment] = Object.values(stack().resources).filter(({ Type }) => Type.endsWith('::Deployment'));
    const dependsOn = (deployment as unknown as { DependsOn: string[] }).DependsOn;

    for (const [id] of routes()) expect(dependsOn).toContain(id);
  });

  it('are at the addresses in the stack’s outputs', () => {
    expect(JSON.stringify(stack().outputs.ServiceEndpointWebsocket?.Value)).toMatch(
      /wss:.*execute-api.*\/dev/,
    );
    expect(stack().outputs.CallbackUrl?.Value).toEqual(callbackUrl);
  });

  it('have callbacks at the execute-api address of this stack', () => {
    for (const { Environment } of stack().all('AWS::Lambda::Function').values())
      expect(Environment).toMatchObject({ Variables: { CALLBACK_URL: callbackUrl } });
  });
};

const callbackUrl = {
  'Fn::Sub': ['https://$', '{WebsocketsApi}.execute-api.$', '{AWS::Region}.$', '{AWS::URLSuffix}/dev'].join(
    '',
  ),
};
