using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using Guichet.Core;
using Guichet.Core.Deposit;
using Guichet.Functions.Access;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;

namespace Guichet.Functions.Operations;

/// <summary>
/// Describes the API (OpenAPI 3.1). The description is made from the endpoints themselves, their routes, callers and types, so that it cannot say anything
/// else than they do; a file beside them would have to be held against them.
/// </summary>
public sealed partial class OpenApi(GuichetSettings settings)
{
    private static readonly Lazy<JsonObject> Document = new(Make);

    [Function(nameof(OpenApi))]
    [For(Caller.Anyone)]
    [Does("Décrit cette API.", Content = "application/json")]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/openapi.json")] HttpRequest request)
    {
        var document = Document.Value.DeepClone().AsObject();
        document["servers"] = new JsonArray(new JsonObject { ["url"] = settings.PublicUri.ToString() });
        return Results.Text(document.ToJsonString(GuichetJson.Options), "application/json");
    }

    private static JsonObject Make()
    {
        var (paths, schemas) = (new JsonObject(), new JsonObject());
        var methods = Assembly.GetExecutingAssembly().GetTypes().SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly));
        var endpoints = methods
            .Select(method => (Method: method, Trigger: method.GetParameters().Select(parameter => parameter.GetCustomAttribute<HttpTriggerAttribute>()).OfType<HttpTriggerAttribute>().FirstOrDefault()))
            .Where(endpoint => endpoint.Trigger is not null)
            .OrderBy(endpoint => endpoint.Trigger!.Route, StringComparer.Ordinal);
        foreach (var (method, trigger) in endpoints)
        {
            var path = $"/{trigger!.Route}";
            var item = paths[path]?.AsObject() ?? new JsonObject();
            paths[path] = item;
            item[trigger.Methods!.Single()] = Operation(method, path, schemas);
        }

        return new JsonObject
        {
            ["openapi"] = "3.1.0",
            ["info"] = new JsonObject { ["title"] = "Guichet", ["version"] = "1", ["description"] = "Dépôt, instruction et décision des dossiers d’un guichet de financement. Un refus est un « problem details » (RFC 9457) dont « detail » est une phrase en français." },
            ["paths"] = paths,
            ["components"] = new JsonObject { ["schemas"] = schemas, ["securitySchemes"] = SecuritySchemes() },
        };
    }

    private static JsonObject Operation(MethodInfo method, string path, JsonObject schemas)
    {
        var (does, callers) = (method.GetCustomAttribute<DoesAttribute>()!, method.GetCustomAttribute<ForAttribute>()!);
        var parameters = new JsonArray([.. Names().Matches(path).Select(name => Parameter(name.Groups[1].Value, "path", null))]);
        foreach (var query in does.Query.Select(one => one.Split('=', 2)))
        {
            parameters.Add(Parameter(query[0], "query", query[1]));
        }

        if (does.IsVersioned)
        {
            parameters.Add(Parameter("If-Match", "header", "La version sur laquelle porte la modification : celle de l’en-tête « ETag » à la lecture."));
        }

        var operation = new JsonObject
        {
            ["operationId"] = method.GetCustomAttribute<FunctionAttribute>()!.Name,
            ["summary"] = does.Summary,
            ["tags"] = new JsonArray(method.DeclaringType!.Namespace!.Split('.')[^1]),
            ["parameters"] = parameters,
            ["responses"] = new JsonObject { [$"{does.Status}"] = Answer(does, schemas), ["default"] = Problem(schemas) },
            ["security"] = callers.Callers.Contains(Caller.Anyone) ? new JsonArray() : new JsonArray(new JsonObject { [callers.IsForStaff ? "staff" : "porteur"] = new JsonArray() }),
            ["x-callers"] = new JsonArray([.. callers.Callers.Select(caller => (JsonNode)JsonNamingPolicy.KebabCaseLower.ConvertName(caller.ToString()))]),
        };
        if (does.Takes is { } takes)
        {
            operation["requestBody"] = new JsonObject { ["required"] = true, ["content"] = Content("application/json", takes, schemas) };
        }

        return operation;
    }

    private static JsonObject Parameter(string name, string place, string? description) => new()
    {
        ["name"] = name,
        ["in"] = place,
        ["required"] = place == "path",
        ["description"] = description ?? name switch
        {
            "campaign" => "L’identifiant du guichet, par exemple ftap-data.",
            "dossier" => "Le numéro de suivi : 12 caractères.",
            "reviewer" => "L’identifiant de l’instructeur dans les règles du guichet.",
            "session" => "Le nom de la séance, par exemple 2024-04-15.",
            "slot" => "L’emplacement de la pièce.",
            _ => "Un lien reçu par courriel.",
        },
        ["schema"] = new JsonObject { ["type"] = "string" },
    };

    private static JsonObject Answer(DoesAttribute does, JsonObject schemas)
    {
        var answer = new JsonObject { ["description"] = "C’est fait." };
        if (does.Gives is { } gives)
        {
            answer["content"] = Content("application/json", gives, schemas);
            if (does.IsPage)
            {
                answer["content"]!["text/html"] = new JsonObject();
            }
        }
        else if (does.Content is { } content)
        {
            answer["content"] = new JsonObject { [content] = new JsonObject() };
        }

        return answer;
    }

    private static JsonObject Problem(JsonObject schemas)
    {
        schemas["Problem"] ??= new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject
            {
                ["type"] = new JsonObject { ["type"] = "string" },
                ["title"] = new JsonObject { ["type"] = "string" },
                ["status"] = new JsonObject { ["type"] = "integer" },
                ["detail"] = new JsonObject { ["type"] = "string", ["description"] = "Ce qui ne va pas et quoi faire, en français." },
            },
            ["required"] = new JsonArray("title", "status", "detail"),
        };
        return new JsonObject
        {
            ["description"] = "Un refus, avec sa raison.",
            ["content"] = new JsonObject { ["application/problem+json"] = new JsonObject { ["schema"] = new JsonObject { ["$ref"] = "#/components/schemas/Problem" } } },
        };
    }

    private static JsonObject Content(string mediaType, Type type, JsonObject schemas)
    {
        var element = type.IsGenericType ? type.GetGenericArguments()[0] : null;
        var schema = Named(element ?? type, schemas);
        return new JsonObject { [mediaType] = new JsonObject { ["schema"] = element is null ? schema : new JsonObject { ["type"] = "array", ["items"] = schema } } };
    }

    /// <summary>Points to the schema of a type, which stands once in the document under the type's own name.</summary>
    private static JsonObject Named(Type type, JsonObject schemas)
    {
        if (!schemas.ContainsKey(type.Name))
        {
            schemas[type.Name] = null; // Under way: a type that holds itself points to itself.
            schemas[type.Name] = GuichetJson.Options.GetJsonSchemaAsNode(
                type, new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = (context, schema) => Known(context, schema, schemas) });
        }

        return new JsonObject { ["$ref"] = $"#/components/schemas/{type.Name}" };
    }

    private static JsonObject Known(JsonSchemaExporterContext context, JsonNode schema, JsonObject schemas)
    {
        var type = Nullable.GetUnderlyingType(context.TypeInfo.Type) ?? context.TypeInfo.Type;
        return type == typeof(Euros) ? new JsonObject { ["type"] = "number", ["description"] = "Euros, deux décimales au plus." }
            : type == typeof(DossierId) ? new JsonObject { ["type"] = "string", ["pattern"] = "^[0-9a-z]{12}$" }
            : type == typeof(LocalDate) ? new JsonObject { ["type"] = "string", ["format"] = "date" }
            : type == typeof(Instant) ? new JsonObject { ["type"] = "string", ["format"] = "date-time" }
            : type == typeof(LocalTime) || type == typeof(LocalDateTime) || type == typeof(TimeSpan) || type == typeof(IsoDayOfWeek) ? new JsonObject { ["type"] = "string" }
            : type == typeof(FieldValue) ? new JsonObject { ["type"] = "object", ["description"] = "Un champ, sa valeur, le fichier et la place d’où elle vient." }
            : context.TypeInfo.Kind is JsonTypeInfoKind.Object && !context.Path.IsEmpty && context.BaseTypeInfo is null ? Named(type, schemas)
            : schema is JsonObject known ? WithRequired(known, context.TypeInfo) : new JsonObject(); // « true », anything, is written as an empty schema, which more tools read.
    }

    /// <summary>What is null is left out of the guichet's JSON: only what must be there is required, whatever a constructor takes.</summary>
    private static JsonObject WithRequired(JsonObject schema, JsonTypeInfo type)
    {
        if (type.Kind is JsonTypeInfoKind.Object && schema.Remove("required"))
        {
            schema["required"] = new JsonArray([.. type.Properties.Where(property => property.IsRequired).Select(property => (JsonNode)property.Name)]);
        }

        return schema;
    }

    private static JsonObject SecuritySchemes() => new()
    {
        ["porteur"] = new JsonObject { ["type"] = "http", ["scheme"] = "bearer", ["description"] = "Le jeton remis à l’ouverture du dossier, ou celui d’un lien personnel." },
        ["staff"] = new JsonObject { ["type"] = "apiKey", ["in"] = "cookie", ["name"] = "AppServiceAuthSession", ["description"] = "La session ouverte par ProConnect ou Entra ID (/.auth/login)." },
    };

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Names();
}
