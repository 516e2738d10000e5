using Azure;
using Azure.Messaging.ServiceBus;
using Guichet.Core.Operations;

namespace Guichet.Functions.Operations;

/// <summary>Which failures pass by themselves.</summary>
internal static class Failing
{
    /// <summary>A client that has tried again and again gives all its failures together.</summary>
    public static Exception CauseOf(Exception failure) => failure is AggregateException { InnerException: { } inner } ? inner : failure;

    /// <summary>Whether the same may succeed a little later: something was out of reach, busy, or changed meanwhile.</summary>
    public static bool IsPassing(Exception failure) => CauseOf(failure) switch
    {
        PassingFailure => true,
        RequestFailedException storage => storage.Status is 0 or 408 or 409 or 412 or 429 or >= 500,
        ServiceBusException busy => busy.IsTransient,
        TimeoutException or IOException or HttpRequestException or OperationCanceledException => true,
        _ => false,
    };
}
