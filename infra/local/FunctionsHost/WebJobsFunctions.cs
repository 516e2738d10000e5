using System.Reflection;
using System.Reflection.Emit;
using Microsoft.Azure.WebJobs;
using Binder = Microsoft.Azure.WebJobs.Binder;

namespace Guichet.Local.FunctionsHost;

/// <summary>What the emitted functions derive from: each hands what triggered it on to the worker.</summary>
public abstract class WebJobsFunctions(Func<string, object, IReadOnlyDictionary<string, object?>, CancellationToken, Task> dispatch)
{
    private static readonly MethodInfo RunMethod = typeof(WebJobsFunctions).GetMethod(nameof(Run))!;

    /// <summary>What the body of every emitted method calls.</summary>
    public Task Run(string function, object trigger, Binder binder, CancellationToken cancellation) =>
        dispatch(function, trigger, binder.BindingData!, cancellation);

    /// <summary>
    /// A type with one method a function, as the WebJobs listeners want to find them. Its name is the one that Azure's host
    /// gives, because blob receipts, queues and the blob webhook speak of <c>Host.Functions.{name}</c>.
    /// </summary>
    internal static Type Emit(IEnumerable<HostedFunction> functions)
    {
        var type = AssemblyBuilder.DefineDynamicAssembly(new AssemblyName("Host"), AssemblyBuilderAccess.RunAndCollect)
            .DefineDynamicModule("Host")
            .DefineType("Host.Functions", TypeAttributes.Public | TypeAttributes.Sealed, typeof(WebJobsFunctions));
        EmitConstructor(type);
        foreach (var function in functions)
        {
            EmitMethod(type, function);
        }

        return type.CreateType();
    }

    private static void EmitConstructor(TypeBuilder type)
    {
        var parent = typeof(WebJobsFunctions).GetConstructors(BindingFlags.Instance | BindingFlags.NonPublic)[0];
        var parameters = parent.GetParameters().Select(parameter => parameter.ParameterType).ToArray();
        var body = type.DefineConstructor(MethodAttributes.Public, CallingConventions.HasThis, parameters).GetILGenerator();
        body.Emit(OpCodes.Ldarg_0);
        body.Emit(OpCodes.Ldarg_1);
        body.Emit(OpCodes.Call, parent);
        body.Emit(OpCodes.Ret);
    }

    private static void EmitMethod(TypeBuilder type, HostedFunction function)
    {
        var (trigger, data) = TriggerOf(function);
        var method = type.DefineMethod(function.Name, MethodAttributes.Public, typeof(Task), [data, typeof(Binder), typeof(CancellationToken)]);
        method.SetCustomAttribute(Attribute<FunctionNameAttribute>([function.Name]));
        method.DefineParameter(1, ParameterAttributes.None, function.Parameter).SetCustomAttribute(trigger);
        method.DefineParameter(2, ParameterAttributes.None, "_binder");
        method.DefineParameter(3, ParameterAttributes.None, "_cancellation");
        var body = method.GetILGenerator();
        body.Emit(OpCodes.Ldarg_0);
        body.Emit(OpCodes.Ldstr, function.Name);
        body.Emit(OpCodes.Ldarg_1);
        body.Emit(OpCodes.Ldarg_2);
        body.Emit(OpCodes.Ldarg_3);
        body.Emit(OpCodes.Call, RunMethod);
        body.Emit(OpCodes.Ret);
    }

    private static (CustomAttributeBuilder Trigger, Type Data) TriggerOf(HostedFunction function) => function.TriggerType switch
    {
        "blobTrigger" => (
            Attribute<BlobTriggerAttribute>(
                [function.Text("path")!],
                (nameof(BlobTriggerAttribute.Connection), function.Connection),
                (nameof(BlobTriggerAttribute.Source), BlobTriggerSource.EventGrid)),
            function.IsDeferred ? typeof(ParameterBindingData) : TextOrBytes(function)),
        "queueTrigger" => (
            Attribute<QueueTriggerAttribute>([function.Text("queueName")!], (nameof(QueueTriggerAttribute.Connection), function.Connection)),
            function.IsDeferred ? typeof(ParameterBindingData) : TextOrBytes(function)),
        "timerTrigger" => (
            Attribute<TimerTriggerAttribute>(
                [function.Text("schedule")!],
                (nameof(TimerTriggerAttribute.RunOnStartup), function.Text("runOnStartup") is "true" or "True")),
            typeof(TimerInfo)),
        var other => throw new LocalProblemException($"La fonction {function.Name} a un déclencheur que l’environnement local ne connaît pas : {other}."),
    };

    private static Type TextOrBytes(HostedFunction function) => function.Text("dataType") is "Binary" ? typeof(byte[]) : typeof(string);

    private static CustomAttributeBuilder Attribute<T>(object[] arguments, params (string Property, object Value)[] values)
    {
        var constructor = typeof(T).GetConstructor([.. arguments.Select(argument => argument.GetType())])!;
        return new CustomAttributeBuilder(
            constructor,
            arguments,
            [.. values.Select(value => typeof(T).GetProperty(value.Property)!)],
            [.. values.Select(value => value.Value)]);
    }
}
