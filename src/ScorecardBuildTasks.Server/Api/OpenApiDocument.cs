using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using ScorecardBuildTasks.Server.Access;

namespace ScorecardBuildTasks.Server.Api;

/// <summary>The OpenAPI document of what is mapped: it is read off the endpoints, so it cannot fall behind them.</summary>
static class OpenApiDocument
{
    static readonly AccessScopes[] Scopes = [AccessScopes.CatalogRead, AccessScopes.CatalogWrite, AccessScopes.CasesRead, AccessScopes.CasesWrite];

    public static JsonObject Create(IEnumerable<Endpoint> endpoints)
    {
        var paths = new JsonObject();
        foreach (var endpoint in endpoints.OfType<RouteEndpoint>().OrderBy(endpoint => endpoint.RoutePattern.RawText, StringComparer.Ordinal))
        {
            if (endpoint.Metadata.GetMetadata<Operation>() is not { } operation)
                continue;
            var path = endpoint.RoutePattern.RawText!;
            if (paths[path] is not JsonObject item)
                paths[path] = item = [];
            foreach (var method in endpoint.Metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods)
                item[method.ToLowerInvariant()] = Describe(operation, endpoint, hasBody: method is "POST" or "PUT");
        }
        return new JsonObject
        {
            ["openapi"] = "3.0.3",
            ["info"] = new JsonObject { ["title"] = "Scorecards API, self-hosted", ["version"] = "2" },
            ["paths"] = paths,
            ["components"] = new JsonObject { ["securitySchemes"] = SecuritySchemes() },
        };
    }

    static JsonObject Describe(Operation operation, RouteEndpoint endpoint, bool hasBody)
    {
        var parameters = endpoint.RoutePattern.Parameters.Select(parameter => Parameter(parameter.Name, "path"))
            .Concat(operation.Query.Select(name => Parameter(name, "query")));
        var responses = new JsonObject();
        foreach (var status in operation.Statuses)
            responses[status.ToString(CultureInfo.InvariantCulture)] = new JsonObject { ["description"] = Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(status) };

        var description = new JsonObject { ["operationId"] = operation.Id, ["parameters"] = new JsonArray([.. parameters]) };
        if (hasBody)
        {
            description["requestBody"] = new JsonObject
            {
                ["required"] = true,
                ["content"] = new JsonObject { ["application/json"] = new JsonObject { ["schema"] = new JsonObject { ["type"] = "object" } } },
            };
        }
        description["responses"] = responses;
        description["security"] = new JsonArray(
            new JsonObject { ["apiKeyAuth"] = new JsonArray(), ["appKeyAuth"] = new JsonArray() },
            new JsonObject { ["AuthZ"] = new JsonArray([.. Scopes.Where(scope => operation.Scopes.HasFlag(scope)).Select(scope => (JsonNode)scope.ToWireName())]) });
        return description;
    }

    static JsonNode Parameter(string name, string place) => new JsonObject
    {
        ["name"] = name,
        ["in"] = place,
        ["required"] = place == "path",
        ["schema"] = new JsonObject { ["type"] = "string" },
    };

    static JsonObject SecuritySchemes() => new()
    {
        ["apiKeyAuth"] = new JsonObject { ["type"] = "apiKey", ["in"] = "header", ["name"] = "DD-API-KEY" },
        ["appKeyAuth"] = new JsonObject { ["type"] = "apiKey", ["in"] = "header", ["name"] = "DD-APPLICATION-KEY" },
        ["AuthZ"] = new JsonObject { ["type"] = "http", ["scheme"] = "bearer" },
    };
}
