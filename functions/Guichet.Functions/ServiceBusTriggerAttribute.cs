using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

// The namespace of the official extension, of which this is a stand-in where no feed serves it; the project file says when it is compiled.
#pragma warning disable IDE0130
namespace Microsoft.Azure.Functions.Worker;
#pragma warning restore IDE0130

/// <summary>Triggers a function by a message of a Service Bus queue.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class ServiceBusTriggerAttribute(string queueName) : TriggerBindingAttribute, ISupportCardinality
{
    /// <summary>The queue.</summary>
    public string QueueName { get; } = queueName;

    /// <summary>The setting that names the bus.</summary>
    public string? Connection { get; set; }

    /// <summary>Whether a function takes several messages at once. None does: it is here because the host is told so, by the official extension too.</summary>
    [DefaultValue(false)]
    public bool IsBatched { get; set; }

    Cardinality ISupportCardinality.Cardinality
    {
        get => IsBatched ? Cardinality.Many : Cardinality.One;
        set => IsBatched = value is Cardinality.Many;
    }
}
