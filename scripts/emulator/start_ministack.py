"""Starts ministack with the two resource types of WebSocket APIs that its CloudFormation lacks: docs/emulators.md."""

import json

from ministack.app import main
from ministack.services import apigateway
from ministack.services.cloudformation import provisioners


def create_deployment(logical_id, props, stack_name):
    created = read(apigateway._create_deployment(props["ApiId"], {}))
    return created["deploymentId"], {"DeploymentId": created["deploymentId"]}


def create_route_response(logical_id, props, stack_name):
    # The emulator's Ref of a route is `<api>/<route>`; AWS's is the route alone.
    route_id = props["RouteId"].split("/")[-1]
    body = {"routeResponseKey": props["RouteResponseKey"]}
    created = read(apigateway._create_route_response(props["ApiId"], route_id, body))
    return created["routeResponseId"], {}


def read(response):
    status, _, body = response
    if status >= 400:
        raise ValueError(body)
    return json.loads(body)


def leave(physical_id, props):
    """The API that these belong to takes them along."""


provisioners._RESOURCE_HANDLERS.update(
    {
        "AWS::ApiGatewayV2::Deployment": {"create": create_deployment, "delete": leave},
        "AWS::ApiGatewayV2::RouteResponse": {"create": create_route_response, "delete": leave},
    }
)

main()
