using Azure.Identity;
using Azure.Monitor.OpenTelemetry.Exporter;
using Guichet.Documents;
using Guichet.Storage;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Logs;

namespace Guichet.Functions.Operations;

/// <summary>
/// Who listens to what the app tells of itself: Application Insights where the environment has it, and whatever speaks OTLP where its standard setting names
/// one. Nobody where neither is set.
/// </summary>
internal static class TelemetrySetup
{
    private const string Insights = "APPLICATIONINSIGHTS_CONNECTION_STRING";
    private const string Otlp = "OTEL_EXPORTER_OTLP_ENDPOINT";

    public static void AddGuichetTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        var (insights, otlp) = (configuration[Insights] is { Length: > 0 }, configuration[Otlp] is { Length: > 0 });
        if (!insights && !otlp)
        {
            return;
        }

        var telemetry = services.AddOpenTelemetry()
            .UseFunctionsWorkerDefaults()
            .WithTracing(traces => traces.AddSource(Telemetry.Name))
            .WithMetrics(metrics => metrics.AddMeter(Telemetry.Name, ReaderPool.MeterName));
        services.Configure<OpenTelemetryLoggerOptions>(logs => logs.IncludeScopes = true);
        if (insights)
        {
            telemetry.UseAzureMonitorExporter(exporter => exporter.Credential = new DefaultAzureCredential());
        }

        if (otlp)
        {
            telemetry.UseOtlpExporter();
        }
    }
}
