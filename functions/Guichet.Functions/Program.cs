using Guichet.Documents;
using Guichet.Functions;
using Guichet.Functions.Deposit;
using Guichet.Functions.Operations;
using Guichet.Mail;
using Guichet.Storage;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

if (await ReaderProcess.RunIfAsked(args) is { } exitCode)
{
    return exitCode;
}

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
builder.UseWhen<MessageFailures>(MessageFailures.Concerns);

var settings = GuichetSettings.Of(builder.Configuration, builder.Environment.IsDevelopment());
builder.Services.AddSingleton(settings);
builder.Services.AddSingleton(new GuichetClock(settings.ClockOffset));
builder.Services.AddSingleton<TimeProvider>(provider => provider.GetRequiredService<GuichetClock>());
builder.Services.AddGuichetStorage(builder.Configuration, settings.Allowance);
builder.Services.AddSingleton(settings.Mail);
builder.Services.AddSingleton<MailServer>();
builder.Services.AddSingleton<LetterWriter>();
builder.Services.AddSingleton(new ReaderPool());
builder.Services.AddSingleton<PieceReception>();
builder.Services.AddSingleton<DepositClosing>();

await builder.Build().RunAsync();
return 0;
